"""Rate limiting of a messenger account, alone or shared between processes."""

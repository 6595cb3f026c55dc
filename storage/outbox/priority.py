"""Who is sent to first where not everybody can be: values of `Mailing.first` beside areas.

Nobody goes first for what they did.
"""

ONE_APP_ONLY = "_one_app"
"""Members who can be reached on one messenger alone."""
WINDOW_ENDS = "_window_ends"
"""Members whose messaging window ends first."""

"""HTTP requests and answers: parameters, uploads, JSON, API errors and the origin check."""

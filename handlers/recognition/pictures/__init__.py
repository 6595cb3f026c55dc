"""What a picture shows: opened safely, and compared by how it looks.

- `handlers.recognition.pictures.safe_image` opens untrusted pictures within limits,
- `handlers.recognition.pictures.picture_cleaning` re-encodes them without metadata,
- `handlers.recognition.pictures.perceptual_hash` compares them.
"""

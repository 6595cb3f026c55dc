"""What a picture shows: opened safely, compared by how it looks, and its codes read.

- `handlers.recognition.pictures.safe_image` opens untrusted pictures within limits,
- `handlers.recognition.pictures.picture_cleaning` re-encodes them without metadata,
- `handlers.recognition.pictures.perceptual_hash` compares them,
- `handlers.recognition.pictures.code_reader` reads QR codes, `handlers.recognition.pictures.payment_code`
  those of VietQR.
"""

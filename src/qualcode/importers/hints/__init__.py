"""What the user says of a batch of files, in one small file beside them."""

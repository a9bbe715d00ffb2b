"""Talk without labels: who asks and who answers by quotes, looks, numbers and sound."""

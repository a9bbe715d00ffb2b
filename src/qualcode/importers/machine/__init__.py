"""What machines write into a text: times, and the exports of meeting and transcription software."""

"""What is brought in from outside is drawn by another process, which gets bytes and gives pixels.

A scan, a photograph or a PDF from elsewhere may be broken, huge or made to harm. None of it is ever
decoded in the window's process, which holds the keys and the records. `paper` is the window's end,
`drawer` the other process, `frames` what goes between them, `limits` what that process may use, and
`whole` tells whether a file is complete.
"""

"""Where a failure happened, as both judges compare it."""


def innermost(error, root):
    """Type, file and line of the innermost frame below a folder, whose name ends with a slash."""
    place, trace = (None, None), error.__traceback__
    while trace:
        file = trace.tb_frame.f_code.co_filename
        if file.startswith(root):
            place = (file[len(root):], trace.tb_lineno)
        trace = trace.tb_next
    return [type(error).__name__, *place]

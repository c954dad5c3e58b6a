enum PythonTargetMarker {}

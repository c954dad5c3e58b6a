enum TestWritingMarker {}

enum InterchangeMarker {}

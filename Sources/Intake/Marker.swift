enum IntakeMarker {}

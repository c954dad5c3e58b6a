enum ReproducingMarker {}

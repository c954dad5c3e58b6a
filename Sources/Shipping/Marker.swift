enum ShippingMarker {}

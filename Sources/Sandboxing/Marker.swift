enum SandboxingMarker {}

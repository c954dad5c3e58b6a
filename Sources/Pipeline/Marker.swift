enum PipelineMarker {}

"""Pure drawing functions: plain snapshots in, the options of an ECharts chart out."""

"""Contract suites for those who write plug-ins; qualcode's own plug-ins are held to them too.

`qualcode.testing.importers` checks importers against samples; ``python -m qualcode.testing importer NAME --generate`` writes what is
expected of them, to be read by eye before it is kept. `qualcode.testing.exporters.ExporterContract`,
`qualcode.testing.segmenters.SegmenterContract` and `qualcode.testing.suggesters.SuggesterContract` are classes of tests: a subclass that
names the plug-in is run by pytest.
"""

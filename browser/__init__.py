"""The page: watch one history on its network, steer it, and see three hundred beside it.

Everything that is drawn comes from plain snapshots (`browser.scene.snapshot`) through pure functions
(`browser.charts`); what a reader does goes to the `browser.session`, which alone holds models. Nothing here
computes a quantity of the model: months are lived in `model.SanctionsModel`, ensembles in `model`.
"""

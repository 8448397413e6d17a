"""The ways of making a batch of briefs that `bench/batch.py` measures, each as a command of its own."""

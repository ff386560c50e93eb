"""What a question means: wording, the learned model, filters, dialogue, refusals, one decision."""

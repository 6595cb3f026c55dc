"""The verdict on a case: its flow, approval, publication and notification of flaggers."""

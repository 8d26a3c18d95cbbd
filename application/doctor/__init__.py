"""The doctor: what this installation holds, compared with itself, point by point, with the cure."""

"""The probe's tests. The package is the one beside them, whatever is installed."""
import os
import sys

sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.abspath(__file__))))

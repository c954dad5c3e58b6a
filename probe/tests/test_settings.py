"""A wrong option is an error when the service starts."""
import os
import unittest
import unittest.mock

from nevermore_probe.settings import Settings


class TestSettings(unittest.TestCase):
    def test_a_name_that_nobody_knows_is_refused_with_the_nearest(self):
        with self.assertRaisesRegex(TypeError, "`max_byte` is not an option of the probe: did you mean `max_bytes`?"):
            Settings.of(max_byte=5)

    def test_one_text_is_no_list_of_names(self):
        with self.assertRaisesRegex(TypeError, "`redact` is a list of names"):
            Settings.of(redact="national_id")
        self.assertEqual(Settings.of(redact=["national_id"]).redact, ("national_id",))

    def test_the_file_of_armed_functions_may_come_from_the_environment(self):
        with unittest.mock.patch.dict(os.environ, {"NEVERMORE_ARMED": "/a"}):
            self.assertEqual(Settings.of().armed, "/a")
            self.assertEqual(Settings.of(armed="/b").armed, "/b")


if __name__ == "__main__":
    unittest.main()

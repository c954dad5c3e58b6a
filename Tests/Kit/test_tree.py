"""What belongs to a tree: its own files, and nothing that is installed inside it."""
import os

import kit


class TreeOfARepository(kit.TreeCase):
    FILES = {"shop/stock.py": "def f():\n    return 1\n", ".venv/pyvenv.cfg": "", ".venv/lib/python3/site-packages/flask/app.py": "x = 1\n",
             "tools/env/pyvenv.cfg": "", "tools/env/lib/python3/site-packages/six.py": "x = 1\n"}

    def test_a_file_of_an_environment_inside_the_tree_is_not_the_trees(self):
        for path in (".venv/lib/python3/site-packages/flask/app.py", "tools/env/lib/python3/site-packages/six.py"):
            self.assertIsNone(self.tree.relative(os.path.join(self.root, path)))
        self.assertEqual(self.tree.relative(os.path.join(self.root, "shop/stock.py")), "shop/stock.py")

    def test_environments_are_not_listed_whatever_their_folder_is_called(self):
        self.assertEqual(self.tree.files(), ["shop/stock.py"])


class SettingsOfASuite(kit.TreeCase):
    FILES = {"manage.py": "os.environ.setdefault('DJANGO_SETTINGS_MODULE', 'shop.production')\n",
             "pytest.ini": "[pytest]\nDJANGO_SETTINGS_MODULE = shop.testing\n"}

    def test_what_the_suite_names_comes_before_what_the_service_names(self):
        self.assertEqual([each["module"] for each in self.tree.applications()], ["shop.testing", "shop.production"])


if __name__ == "__main__":
    import unittest
    unittest.main()

"""What counts as a secret: the same names and forms as in Nevermore's own scrubbing."""
import unittest

from nevermore_probe.redaction import kind_of_name, kind_of_token, scrubbed, without_credentials


class TestNames(unittest.TestCase):
    def test_names_are_compared_word_by_word(self):
        table = {
            "X-Api-Key": "key", "apiKey": "key", "body.api_key": "key", "monkey": None, "key": None, "PASSWORD": "password", "PWD": None,
            "pwd": "password", "dbpassword": "password", "accessTokens": "token", "token_type": None, "tokens": "token",
            "auth": "credential",
            "author": None, "compass": None, "classes": None, "csrfmiddlewaretoken": "csrf", "sessionid": "session", "password_url": None,
            "HTTPAuthorization": "authorization", "": None, "jwt": "token", "credentials": "credential", "passwordLength": None,
        }
        self.assertEqual({name: kind_of_name(name) for name in table}, table)

    def test_added_names_are_found_in_any_spelling(self):
        for name in ("national_id", "nationalId", "customer-national-id"):
            self.assertEqual(kind_of_name(name, ("national_id",)), "private")
        self.assertIsNone(kind_of_name("national", ("national_id",)))


class TestTexts(unittest.TestCase):
    def test_the_structure_around_a_secret_is_kept(self):
        table = {
            "postgres://bob:hunter2@db:5432/x": "postgres://redacted:redacted@db:5432/x",
            "https://user@host/a": "https://user@host/a",
            "https://0123456789abcdef0123@host/1": "https://redacted@host/1",
            "http://a/b?token=abc&x=1": "http://a/b?token=redacted&x=1",
            '{"password": "hunter2", "n": 1, "a": "b"}': '{"password": "redacted", "n": 1, "a": "b"}',
            '{"password": null, "token": 5}': '{"password": null, "token": 5}',
            "{'tokens': ['a', 'b'], 'x': 'y'}": "{'tokens': ['redacted', 'redacted'], 'x': 'y'}",
            '{\\"secret\\": \\"hunter\\"}': '{\\"secret\\": \\"redacted\\"}',
            '{"password": "cut of': '{"password": "redacted',
            "Authorization: Bearer abcdefgh12345678": "Authorization: Bearer redacted",
            "the bearer document": "the bearer document",
            "Block(tokens=15)": "Block(tokens=15)", "Block(password=15": "Block(password=redacted",
            "https://{user}:{password}@host/": "https://{user}:{password}@host/",
            "key AKIAABCDEFGHIJKLMNOP here": "key redacted here",
            "-----BEGIN PRIVATE KEY-----\nabc\n-----END PRIVATE KEY-----":
                "-----BEGIN PRIVATE KEY-----redacted-----END PRIVATE KEY-----",
        }
        self.assertEqual({text: scrubbed(text) for text in table}, table)
        self.assertEqual({text: scrubbed(text) for text in table.values()}, {text: text for text in table.values()})

    def test_urls_lose_their_credentials(self):
        self.assertEqual(without_credentials("redis://:hunter2@h/0?password=x"), "redis://:redacted@h/0?password=redacted")

    def test_a_whole_token_is_known_by_its_form(self):
        for text in ("ghp_" + "a" * 36, "eyJhbGciOiJI.eyJzdWIi.abc", "Bearer abcdefgh12345678"):
            self.assertEqual(kind_of_token(text), "token")
        self.assertEqual(kind_of_token("-----BEGIN RSA PRIVATE KEY-----\nabc"), "key")
        for text in ("plain", "see ghp_" + "a" * 36, "", None, "a" * 40):
            self.assertIsNone(kind_of_token(text))


if __name__ == "__main__":
    unittest.main()

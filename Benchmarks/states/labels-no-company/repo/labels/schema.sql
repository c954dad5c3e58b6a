CREATE TABLE customers (
    number integer PRIMARY KEY,
    name text NOT NULL,
    company text,
    street text NOT NULL,
    postcode text NOT NULL,
    town text NOT NULL,
    country char(2) NOT NULL DEFAULT 'DE'
);

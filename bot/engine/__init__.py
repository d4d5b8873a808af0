"""The machinery, which knows no subject: it carries out acts, delivers effects, asks what is due, and stores it all."""

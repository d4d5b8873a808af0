"""Machinery that knows no subject: acts are carried out, effects delivered, clocks asked, all of it kept."""

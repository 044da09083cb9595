"""Boards: bodies, seats, meetings, agendas, decisions and actions."""

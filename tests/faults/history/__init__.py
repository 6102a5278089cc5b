"""A black-box history checker for the live canvas, in the manner of Jepsen.

Simulated people add, edit, move, delete and restore notes over real HTTP while a nemesis cuts links, loses
answers and kills the server. Every request is recorded as ok, fail or unknown. When the faults stop, every
outbox drains and the final state, seen through several windows, is held against what the server promised.

How loss becomes visible: every add and every edit appends a unique token such as <<c7.31>> and nobody ever
removes one. An acknowledged token that is missing, doubled, on another canvas or on a deleted note is an
anomaly, and the log names the revision that did it.
"""

"""A fleet: many Celery workers on Redis that share one account of the service.

``worker`` is the Celery part, ``jobs`` what is done with one job, ``records`` and ``limits`` what Redis keeps.
"""

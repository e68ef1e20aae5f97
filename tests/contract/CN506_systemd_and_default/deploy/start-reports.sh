#!/bin/sh
exec celery -A zoo worker -Q reports -n reports@%h

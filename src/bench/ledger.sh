#!/usr/bin/env bash
# What accounting adds to a hit and to a miss: a key with a budget of money at a server that keeps a
# ledger, beside the access key at one whose ledger is out of order, so that nothing is entered.
# PAIRS: how many of each, default 500.
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"

start_back_end 50000 0
prices="{\"$back_end\": {\"*\": 0.0001}}"
place=without
ledger_file=/dev/null/ledger.db
start_nectar
without=$nectar
place=with
ledger_file=
start_nectar
"$java" "$bench/load/LedgerLatency.java" "$without" "$nectar" "$access_key" "$admin_token" \
  "${PAIRS:-500}"

#!/usr/bin/env bash
# Simulates several servers behind a load balancer, without starting any: how often a picture is at
# hand, how often one is made although another server has or makes it, and what Redis is asked.
# NODES: default "10 30 100 300 1000". The other parameters are in the first lines of the output.
# The same parameters give the same figures.
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"

settings=()

# setting NAME DEFAULT MEANING: the environment's name is that in capitals.
setting() {
  local variable=${1^^}
  local value=${!variable:-$2}
  settings+=("$1=$value")
  printf '%-9s %6s  %s\n' "$variable" "$value" "$3"
}

setting seed 1 'of chance'
setting rate 5 'requests a second for each server'
setting prompts 10000 'different prompts for each server, all in one list'
setting zipf 0.9 'exponent by which some are asked for more often than others'
setting median 8 'seconds that a generation takes, log-normal'
setting spread 0.6 'its sigma; 0.6 has one of 20 take 2.7 times the median'
setting stay 7200 'seconds that a server stays on average'
setting away 120 'seconds until it is back, or another in its place'
setting crashes 0.5 'part of the leaves that end generations under way'
setting empty 0.5 'part of the joins that come without the files'
setting points 100 'of each server on the ring of the hashing balancer'
setting warmup 2400 'seconds before anything is counted'
setting measured 1200 'seconds that are counted'

mkdir "$work/classes"
"${java%/java}/javac" -d "$work/classes" "$bench"/load/{ClusterSimulation,HashRing,KeySet}.java
read -ra nodes <<<"${NODES:-10 30 100 300 1000}"
"$java" -cp "$work/classes" ClusterSimulation "${settings[@]}" "${nodes[@]}"

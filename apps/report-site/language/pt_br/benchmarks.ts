import type { Catalogue } from "../catalogue.ts";

/** Textos da página sobre benchmarks. */
export const benchmarks: Catalogue["benchmarks"] = {
  title: "Benchmarks",
  description:
    "Mixtape ao lado de scikit-learn, faiss, PyTorch e npm: o mesmo trabalho, lado a lado.",
  heading: "Quão rápido ele é, comparado a outros?",
  question:
    "O mesmo trabalho sobre os mesmos dados a partir da mesma inicialização, cada um em seu próprio processo, por turnos em uma máquina. Os tempos são medianas; uma razão acima de 1 diz que Mixtape é mais rápido.",
  notRun: "ainda não medido",
  notRunBody: "Ainda não há benchmarks junto a estes resultados. Para medi-los:",
  ofRepository:
    "Este relatório não tem medições próprias: estas são as que o repositório guarda. Para medir nesta máquina:",
  findingBars: (reached, all) =>
    `${reached} de ${all} metas que Mixtape se impôs foram alcançadas.`,
  findingFaster: (faster, all) =>
    `Mixtape é mais rápido em ${faster} de ${all} comparações de tempo.`,
  machine: (processors, model, memory, os, runtime) =>
    `Medido em ${processors} × ${model}, ${memory} GiB de memória, ${os}, ${runtime}.`,
  quick: "Problemas pequenos, para ver que funciona: nenhuma meta se aplica.",
  workCaption: (size, moment, commit) =>
    `${size}. Medido em ${moment}${commit === "" ? "" : `, commit ${commit}`}.`,
  secondsAxis: "segundos, mediana",
  columns: {
    who: "Quem",
    threads: "Threads",
    median: "Mediana, s",
    min: "Menor, s",
    max: "Maior, s",
    runs: "Execuções",
    ratio: "Deles ÷ nosso",
    bar: "Meta",
    reached: "Alcançada",
    remark: "Observação",
  },
  memoryRatio: (ratio) => `memória ${ratio}`,
  limit: "limite do nosso tempo",
  qualityTitle: "O trabalho é tão bom?",
  qualityColumns: {
    work: "Trabalho",
    what: "O quê",
    against: "Contra",
    ours: "Nosso",
    theirs: "Deles",
    equal: "Igual",
  },
  scalingTitle: (axis) => `Como o tempo cresce com ${axis}`,
  scalingCaption: "Mediana em segundos do mesmo trabalho, com um tamanho variado.",
  versionsTitle: "O que foi medido",
  versionsColumns: { who: "Quem", versions: "Versões" },
  json: "Os benchmarks como JSON",
};

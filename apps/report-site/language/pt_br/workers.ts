import type { Catalogue } from "../catalogue.ts";

/** Textos da página sobre os trabalhadores. */
export const workers: Catalogue["workers"] = {
  title: "Trabalhadores",
  description: "Qual tarefa dos experimentos foi feita por qual trabalhador, e em quanto tempo.",
  heading: "Quem fez o trabalho?",
  question:
    "Trabalhadores podem fazer experimentos, ou partes deles, como tarefas, com os mesmos resultados que um só processo.",
  none: "Nenhum trabalhador fez nada por estes resultados.",
  did: (jobs, ofOne, workers, byOne, busy) =>
    `${jobs} ${ofOne ? "tarefa foi feita" : "tarefas foram feitas"} por ${workers} ${
      byOne ? "trabalhador" : "trabalhadores"
    } em ${busy} de trabalho.`,
  again: (jobs, ofOne) =>
    `${jobs} ${ofOne ? "tarefa foi começada" : "tarefas foram começadas"} mais de uma vez.`,
  smooth: "Cada tarefa foi feita na primeira tentativa.",
  workersTitle: "Os trabalhadores",
  workersColumns: {
    worker: "Trabalhador",
    jobs: "Tarefas",
    seconds: "Segundos de trabalho",
    again: "Tarefas recomeçadas",
  },
  jobsTitle: "As tarefas",
  jobsColumns: {
    experiment: "Experimento",
    part: "Parte",
    worker: "Trabalhador",
    started: "Início, UTC",
    seconds: "Segundos",
    tries: "Tentativas",
  },
  whole: "tudo",
};

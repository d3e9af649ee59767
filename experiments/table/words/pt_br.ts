import type { Words } from "./en.ts";

/** Textos da página sobre a tabela. */
export const words: Words = {
  name: "Tabela",
  asked: "O que há na tabela?",
  title: "Tabela",
  description: "As colunas e classes da tabela que foi dada.",
  heading: "O que há na tabela",
  question:
    "Que colunas existem, em que intervalo, com quantas lacunas, e quantas linhas há de cada classe?",
  method: `
Os números são os das células como estão no arquivo; células sem valor ficam fora de cada um.
`,
  findingSize: (name, rows, columns) =>
    `${name} tem ${rows} linhas e ${columns} colunas de números.`,
  findingWhole: "Todas as células têm valor.",
  findingMissing: (share) => `${share} das células não têm valor.`,
  columnsTitle: "As colunas",
  columnsLabels: {
    name: "Coluna",
    missing: "Sem valor",
    min: "Menor",
    mean: "Média",
    max: "Maior",
    deviation: "Desvio padrão",
  },
  classesTitle: "As classes",
  classColumn: "Classe",
  rowsColumn: "Linhas",
  headline: (columns, missing) => `linhas de ${columns} colunas; ${missing} células não têm valor`,
};

import type { Catalogue } from "../catalogue.ts";

/** Textos da galeria. */
export const gallery: Catalogue["gallery"] = {
  title: "Galeria",
  description:
    "Relatórios de dados como as pessoas os têm: uma tabela, embeddings, uma pasta de imagens.",
  heading: "Como é o relatório dos seus próprios dados?",
  question:
    "Cada exemplo é um arquivo ou uma pasta, e um comando. Estas são as respostas que o relatório dá.",
  none: "Nenhum exemplo foi executado ainda. Para executar todos:",
  data: (name: string, rows: string, columns: string): string =>
    `Dados: ${name}. Linhas: ${rows}, colunas: ${columns}.`,
  open: (title: string): string => `Abrir o relatório: ${title}`,
  examples: {
    wine: {
      title: "Uma tabela",
      about:
        "Treze medidas de 178 vinhos de três cultivares de uva, um conjunto de dados do repositório da UCI.",
    },
    embeddings: {
      title: "Embeddings",
      about:
        "Ativações da penúltima camada de uma rede pequena para dígitos com os quais ela não foi treinada; as linhas que não pertencem são as ativações para roupas.",
    },
    pictures: {
      title: "Imagens",
      about:
        "Imagens pequenas de dígitos, em uma pasta por classe; as que não pertencem são de roupas.",
    },
  },
};

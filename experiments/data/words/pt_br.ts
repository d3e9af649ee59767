import type { Words } from "./en.ts";
/** Textos da página sobre os dados. */
export const words: Words = {
  name: "Dados",
  asked: "Como são os dados?",
  description:
    "As imagens com que os experimentos rodam: amostras, médias e contagens de cada classe.",
  question:
    "Com quais imagens todo o resto é executado, quantas há de cada classe, e como é uma imagem média?",
  findingCounts: (name, rows, shape, classes) =>
    `${name} tem ${rows} imagens de ${shape} pixels em ${classes} classes.`,
  findingBalance: (name, least, leastNames, most, mostNames) =>
    `As classes de ${name} têm de ${least} (${leastNames}) a ${most} imagens (${mostNames}).`,
  classNamed: (name) => `classe ${name}`,
  findingBalanced: (name, count) =>
    `Em ${name}, todas as classes têm o mesmo número de imagens (${count}).`,
  findingDensity: (name, share) => `${share} dos pixels de ${name} não são pretos.`,
  method: `
Os arquivos foram conferidos com o SHA-256 do manifesto e lidos como são: sem mudança de escala,
sem aumento de dados.

A média de uma classe é a média, pixel a pixel, das suas imagens de treino (das imagens de teste,
onde o conjunto não tem outras). É a melhor imagem única da classe no sentido da distância
quadrática, e uma das três inicializações do k-means.
`,
  samplesTitle: (name) => `Nove imagens de ${name}`,
  samplesCaption: "As nove primeiras imagens do conjunto, como estão guardadas.",
  samplesAlt: (name, classes) =>
    `Nove pequenas imagens em tons de cinza de ${name}, cujas classes são ${classes}.`,
  meansTitle: (name) => `A imagem média de cada classe de ${name}`,
  meansCaption: "Uma média nítida diz que as imagens da classe se parecem pixel a pixel.",
  meansAlt: (label) => `Imagem média da classe ${label}`,
  countsTitle: (name) => `Quantas imagens de cada classe há em ${name}`,
  countsCaption: "Imagens por classe, em cada uma das partes que foram lidas.",
  countsAxis: "imagens",
  classColumn: "Classe",
  splits: { train: "treino", test: "teste" },
  headline: (rows, classes) => `imagens de treino em ${classes} classes; mais ${rows} para testar`,
};

import type { Words } from "./en.ts";

/** Textos da página sobre as classes de uma tabela. */
export const words: Words = {
  name: "Classes",
  asked: "Até que ponto as colunas distinguem as classes?",
  description:
    "Até que ponto uma rede prevê as classes das linhas, e detectores reconhecem linhas que não são de nenhuma delas.",
  question:
    "Até que ponto as colunas distinguem as classes de linhas que uma rede não viu, e revelam linhas que não pertencem a nenhuma delas?",
  findingAccuracy: (accuracy, interval, right, rows) =>
    `Treinada com outras linhas, uma rede prevê a classe de uma linha em ${accuracy} dos casos (intervalo de 95% ${interval}; ${right} de ${rows}).`,
  findingBetter: (largest, share) =>
    `Isso é mais do que daria atribuir a mesma classe a todas as linhas: no máximo ${share}, com a classe ${largest}.`,
  findingNotBetter: (largest, share) =>
    `Não se mostrou que isso difere de atribuir a mesma classe a todas as linhas: no máximo ${share}, com a classe ${largest}.`,
  findingWorse: (largest, share) =>
    `Isso é menos do que daria atribuir a mesma classe a todas as linhas: no máximo ${share}, com a classe ${largest}.`,
  findingHardest: (name, recall, interval, right, rows) =>
    `A classe menos reconhecida é a classe ${name}: ${recall} de suas linhas (intervalo de 95% ${interval}; ${right} de ${rows}).`,
  findingHardestTied: (names, recall) =>
    `As classes menos reconhecidas são ${names}: ${recall} das linhas de cada uma.`,
  findingHardestOpen:
    "Não se mostrou que outra classe seja mais reconhecida: os intervalos de todas alcançam o dela.",
  classNamed: (name) => `classe ${name}`,
  confusion: (given, predicted, rows) => `${given} tomada por ${predicted} (${rows})`,
  findingConfusions: (confusions, one) =>
    `${one ? "Confusão mais frequente" : "Confusões mais frequentes"}: ${confusions}.`,
  findingCalibration: (confidence, accuracy, error, entropy, shareEntropy) =>
    `As probabilidades, após o ajuste de temperatura, têm média de ${confidence} para a classe prevista, que está certa em ${accuracy} dos casos (erro de calibração esperado ${error}); sua entropia cruzada é de ${entropy} nats, e a das proporções das classes, de ${shareEntropy}.`,
  findingForeign: (detector, file, auroc, interval) =>
    `O detector ${detector} distingue as linhas de ${file} de linhas que ele não viu com AUROC de ${auroc} (intervalo de 95% ${interval}).`,
  findingOne: (name, detector, auroc, interval) =>
    `Com a classe ${name} reservada, o detector ${detector} distingue suas linhas de outras que ele não viu com AUROC de ${auroc} (intervalo de 95% ${interval}).`,
  findingHeldOut: (detector, low, lowInterval, lowName, high, highInterval, highName) =>
    `Com uma classe reservada por vez, o detector ${detector} distingue suas linhas de outras que ele não viu com AUROC de ${low} (intervalo de 95% ${lowInterval}; classe ${lowName}) a ${high} (${highInterval}; classe ${highName}).`,
  findingChance: "De uma AUROC cujo intervalo contém 0,5 não se mostrou que difere do acaso.",
  findingBelowChance:
    "Onde o intervalo de uma AUROC fica abaixo de 0,5, essas linhas parecem ao detector mais comuns do que as que pertencem.",
  findingMadeUp: (set, detector, auroc, interval) =>
    `O detector ${detector} distingue linhas inventadas (${set}) de linhas que não viu com uma AUROC de ${auroc} (intervalo de 95% ${interval}).`,
  findingNoSets:
    "Nenhuma linha pôde fazer o papel das que não pertencem: é necessária uma classe de 10 linhas entre 10 outras, ou um segundo arquivo.",
  method: `
As linhas são divididas em cinco partes, cada classe por igual; as linhas de uma parte são julgadas
por uma rede de duas camadas ocultas treinada com as outras partes. Os seus logits são divididos por
um número, a temperatura, ajustado às mesmas linhas para que as probabilidades se aproximem das
proporções de acertos. A rede guardada para linhas novas é treinada com todas as linhas, ou com 20.000 delas.

As linhas que não pertencem são as do segundo arquivo ou, sem ele, as de uma classe que os
detectores não viram: cada uma das maiores classes por vez. Os detectores são ajustados a 70% das
outras linhas, e o resto delas são as linhas que pertencem. Eles trabalham com as próprias colunas
ou, onde são muitas, com seus primeiros componentes principais. Um que não pode ser
ajustado fica de fora.

Sem um segundo arquivo, linhas também são inventadas: com colunas embaralhadas, os valores de cada
coluna vêm em outra ordem, o que desfaz as relações entre colunas; o ruído uniforme é sorteado por igual no
intervalo de cada coluna.
`,
  confusionTitle: "Linhas por classe e previsão",
  confusionCaption: "Cada linha do gráfico é uma classe, cada coluna uma previsão.",
  confusionRows: "Classe",
  confusionColumns: "Classe prevista",
  classesTitle: "As classes",
  classColumns: {
    name: "Classe",
    rows: "Linhas",
    right: "Previstas corretamente",
    recall: "Revocação",
    recallLow: "Revocação, 95% de",
    recallHigh: "Revocação, 95% até",
    claimed: "Linhas previstas",
    precision: "Precisão",
    precisionLow: "Precisão, 95% de",
    precisionHigh: "Precisão, 95% até",
  },
  confusionsTitle: "As confusões mais frequentes",
  confusionsColumns: { given: "Classe", predicted: "Previsão", rows: "Linhas" },
  reliabilityTitle: "Probabilidade e acurácia",
  reliabilityCaption: (temperature) =>
    `Linhas pela probabilidade da classe prevista, após a divisão dos logits por ${temperature}. Na diagonal, a probabilidade é a proporção de previsões certas.`,
  temperatureEdges: {
    smallest: "Esse é o menor número testado: um menor talvez se ajuste melhor.",
    largest: "Esse é o maior número testado: um maior talvez se ajuste melhor.",
  },
  reliabilityX: "Probabilidade da classe prevista",
  reliabilityY: "Proporção de previsões certas",
  reliabilityColumns: {
    low: "De",
    high: "Até",
    rows: "Linhas",
    confidence: "Confiança média",
    accuracy: "Acurácia",
  },
  setsTitle: "Linhas que não pertencem",
  setColumns: {
    set: "Linhas que não pertencem",
    detector: "Detector",
    auroc: "AUROC",
    low: "95% de",
    high: "95% até",
    outside: "Número dessas linhas",
    inside: "Linhas que pertencem",
    fitted: "Linhas do ajuste",
    dimensions: "Dimensões",
  },
  heldOut: (name) => `classe ${name}, reservada`,
  madeUp: {
    "shuffled-columns": "colunas embaralhadas",
    "uniform-noise": "ruído uniforme",
  },
  headline: "das linhas recebem sua classe de uma rede que não as viu",
};

import type { Words } from "./en.ts";
/** Textos da página sobre o classificador. */
export const words: Words = {
  name: "Classificador",
  asked: "Quão bem uma pequena rede distingue as classes?",
  description: "Um pequeno perceptron multicamada: perda, acurácia, confusão, calibração, erros.",
  question:
    "Quão bem a pequena rede do exercício classifica, o que ela confunde, e ela sabe quando está errada?",
  findingAccuracy: (accuracy, interval, correct, total) =>
    `${accuracy} das imagens de teste são classificadas corretamente (intervalo de 95%: ${interval}; ${correct} de ${total}).`,
  findingConfusions: (pairs, one) =>
    one ? `A confusão mais frequente é ${pairs}.` : `As confusões mais frequentes são ${pairs}.`,
  findingConfusion: (truth, predicted, count) => `${truth} tomado por ${predicted} (${count})`,
  findingOver: (ece, confidence, accuracy) =>
    `Ela é confiante demais: confiança média ${confidence} contra acurácia ${accuracy} (erro de calibração esperado ${ece}).`,
  findingUnder: (ece, confidence, accuracy) =>
    `Ela é confiante de menos: confiança média ${confidence} contra acurácia ${accuracy} (erro de calibração esperado ${ece}).`,
  findingCalibrated: (ece, confidence, accuracy) =>
    `A confiança média, ${confidence}, está dentro do intervalo da acurácia, ${accuracy}: no todo nenhuma diferença é demonstrada, e faixa a faixa elas diferem em média por ${ece} (erro de calibração esperado).`,
  findingFlat: (epochs, best, at) =>
    `A melhor acurácia de teste ao longo do treino, ${best}, veio depois da época ${at} de ${epochs}; a rede guardada é a última, pois escolher pelo conjunto de teste a favoreceria.`,
  method: (layers, parameters, epochs) => `
Uma rede de camadas densas, ${layers}, com ${parameters} pesos e vieses, treinada com Adam sobre a
entropia cruzada por ${epochs} épocas, com os pixels na escala de 0 a 1. Não há ativação entre a
segunda e a terceira camada, como no exercício.

O conjunto de teste é consultado depois de cada época para desenhar a curva, mas não decide nada.

Outras páginas treinam redes próprias, com outras linhas ou outro weight decay, e as
acurácias delas diferem desta.
`,
  layerInput: (inputs) => `${inputs} entradas`,
  activations: { linear: "linear", relu: "ReLU", silu: "SiLU" },
  lossTitle: "A perda, lote a lote",
  lossCaption:
    "Entropia cruzada de cada lote antes da sua atualização (em cor fraca), e a média de cada época.",
  lossX: "época",
  lossY: "entropia cruzada (logarítmica)",
  lossMean: "média da época",
  accuracyTitle: "Acurácia no conjunto de teste depois de cada época",
  accuracyCaption: "O último ponto é a rede desta página; o seu intervalo está no texto.",
  accuracyY: "acurácia de teste",
  accuracyLine: "teste",
  epochColumns: {
    epoch: "Época",
    loss: "Perda média de treino",
    accuracy: "Acurácia de teste",
    seconds: "Segundos",
  },
  confusionTitle: "Quais classes são confundidas",
  confusionCaption:
    "Imagens de teste por classe (linha) e previsão (coluna). As cores comparam só os erros: a célula de cor mais forte fora da diagonal é a confusão mais frequente. Uma célula sublinhada abre as suas imagens entre os erros mais confiantes.",
  openMistakes: (all, truth, predicted, count, one) =>
    `${all}: ${truth} tomado por ${predicted}, abrir ${count} ${one ? "imagem" : "imagens"}`,
  closeMistakes: "Fechar",
  confusionRows: "classe",
  confusionColumns: "previsão",
  reliabilityTitle: "Quando ela diz 90%, acerta 90% das vezes?",
  reliabilityCaption:
    "Acurácia das imagens de teste em cada faixa de confiança. Na linha tracejada confiança e acurácia concordam; abaixo dela a rede é confiante demais.",
  reliabilityX: "confiança",
  reliabilityY: "acurácia",
  reliabilityColumns: {
    low: "De",
    high: "Até",
    count: "Imagens",
    confidence: "Confiança média",
    accuracy: "Acurácia",
  },
  mistakesTitle: "Os seus erros mais confiantes",
  mistakesCaption: "O que diz o rótulo → o que diz a rede, e com que probabilidade.",
  mistakeAlt: (label) => `Imagem de teste, rótulo e previsão: ${label}`,
  mistakeColumns: {
    row: "Linha de teste",
    truth: "Rótulo",
    predicted: "Previsão",
    probability: "Probabilidade",
  },
  noMistakes: "Ela não cometeu nenhum erro no conjunto de teste.",
  headline: "das imagens de teste são classificadas corretamente",
};

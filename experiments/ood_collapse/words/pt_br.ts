import type { Words } from "./en.ts";
/** Textos da página sobre ativações colapsadas. */
export const words: Words = {
  name: "Colapso das ativações",
  asked: "O que o weight decay faz com as ativações?",
  description:
    "O que o weight decay faz com as ativações de uma rede, e com a detecção do que não pertence aos dados.",
  question:
    "Algumas misturas sobre as ativações da penúltima camada detectam melhor do que outras o que não pertence aos dados. O que o weight decay faz com essas ativações, e normalizá-las para comprimento 1 muda a qualidade da detecção?",
  findingRank: (low, lowRank, high, highRank, units) =>
    `Com weight decay ${low} as ativações usam ${lowRank} de ${units} direções, com ${high} usam ${highRank} (posto efetivo, uma rede para cada valor).`,
  findingScatter: (low, lowRatio, high, highRatio) =>
    `A dispersão dentro das classes é ${lowRatio} vezes a que há entre elas com weight decay ${low}, e ${highRatio} com ${high}.`,
  findingScatterRises: (low, lowRatio, high, highRatio) =>
    `A dispersão dentro das classes sobe de ${lowRatio} vezes a que há entre elas com weight decay ${low} para ${highRatio} com ${high}: por esta medida as classes não colapsam em pontos.`,
  findingScatterFalls: (low, lowRatio, high, highRatio) =>
    `A dispersão dentro das classes cai de ${lowRatio} vezes a que há entre elas com weight decay ${low} para ${highRatio} com ${high}, como onde as classes colapsam em pontos.`,
  findingScalingHelps: (decay, raw, scaled) =>
    `Na rede com weight decay ${decay}, normalizar as ativações para comprimento 1 ajuda: a melhor AUROC é ${scaled}, contra ${raw} sem isso, e os intervalos não se sobrepõem.`,
  findingScalingHurts: (decay, raw, scaled) =>
    `Na rede com weight decay ${decay}, normalizar as ativações para comprimento 1 prejudica a detecção: a melhor AUROC é ${scaled}, contra ${raw} sem isso, e os intervalos não se sobrepõem.`,
  findingScalingOpen: (decay, raw, scaled) =>
    `Na rede com weight decay ${decay}, não se demonstra que normalizar as ativações para comprimento 1 faça diferença: a melhor AUROC é ${scaled}, contra ${raw} sem isso.`,
  findingCorrelation: (measure, value, mixtures, networks) =>
    `Em ${mixtures} misturas sobre ${networks} redes, a correlação de postos (Spearman) da AUROC com ${measure} é ${value}; tão poucas redes não podem mostrar que uma decorre da outra.`,
  measures: {
    "effective-rank": "o posto efetivo",
    "within-over-between": "a razão entre a dispersão dentro das classes e a que há entre elas",
  },
  findingCollapsed: (count, total) =>
    `${count} de ${total} misturas não puderam ser ajustadas: um componente colapsou.`,
  method: `
Foram treinadas redes que só diferem no weight decay, e medidas as ativações da sua penúltima camada:
quantas direções usam, quão compactas são as classes em relação à distância entre elas (a primeira
medida do colapso neural, 0 quando cada classe é um ponto), e quão iguais são os comprimentos e
ângulos das médias das classes.

Misturas foram ajustadas às ativações como são, e às ativações normalizadas, cada uma para comprimento 1.
`,
  decayName: (decay) => `decay ${decay}`,
  spectrumTitle: "Como a variância se espalha pelas direções",
  spectrumCaption:
    "Autovalores da covariância das ativações como proporções da sua soma, o maior primeiro.",
  spectrumX: "direção",
  spectrumY: "proporção da variância (logarítmica)",
  normalizations: { none: "como são", l2: "normalizadas para comprimento 1" },
  aurocTitle: (normalization) => `AUROC de misturas sobre ativações ${normalization}`,
  aurocCaption:
    "Por componentes, uma linha por weight decay; uma lacuna onde um componente colapsou.",
  aurocAxis: "AUROC",
  componentsAxis: "componentes",
  chance: "acaso",
  measuresTitle: "As medidas",
  columns: {
    decay: "Weight decay",
    accuracy: "Acurácia",
    rank: "Posto efetivo",
    within: "Dentro sobre entre",
    lengths: "Variação dos comprimentos",
    angles: "Variação dos ângulos",
    inside: "Comprimento médio, dentro",
    outside: "Comprimento médio, fora",
  },
  headline: (units, decay, low) =>
    `de ${units} direções são usadas pelas ativações com weight decay ${decay}, contra ${low} com o menor`,
  oneNetwork: "uma rede para cada valor, portanto sem intervalo",
};

import type { Words } from "./en.ts";
/** Textos da página sobre decisões calibradas. */
export const words: Words = {
  name: "Calibração de detectores",
  asked: "Os limiares cumprem o que prometem?",
  description:
    "Limiares, valores-p e taxas de falsas descobertas dos detectores cumprem o que prometem?",
  question:
    "Para usar um detector, alguém precisa fixar um limiar. Um limiar que deveria aceitar 95% do que pertence o faz em dados novos, os valores-p são uniformes, e a proporção prometida de alarmes falsos é respeitada?",
  findingTpr: (wanted, low, high) =>
    `Limiares que deveriam aceitar ${wanted} aceitam de ${low} a ${high} das imagens novas dentro da distribuição (médias sobre divisões, por detector).`,
  findingUniform: (count, total) =>
    `Os valores-p de ${count} de ${total} detectores não se distinguem de uniformes (Kolmogorov–Smirnov, 5%).`,
  findingFdr: (kept, total) =>
    `A taxa de falsas descobertas, em média sobre os lotes, fica no que foi pedido ou abaixo em ${kept} de ${total} situações.`,
  findingFdrWorst: (detector, rate, wanted, share, low, high) =>
    `O detector que mais descumpre a promessa é \`${detector}\`: uma taxa de ${rate} (intervalo de 95% de ${low} a ${high} sobre os lotes) onde ${wanted} foi pedido, com ${share} de imagens fora da distribuição.`,
  findingFdrOpen: (detector, rate, wanted, share, low, high) =>
    `O detector que mais excede o que foi pedido é \`${detector}\`, com ${rate} onde se pediu ${wanted} e ${share} das imagens estão fora da distribuição; o intervalo de 95% sobre os lotes, de ${low} a ${high}, não mostra que a promessa seja descumprida.`,
  findingSilent: (count, most) =>
    `Situações em que ela é mantida por não relatar quase nada: ${count}; nelas, é relatado no máximo ${most} do que está fora da distribuição.`,
  method: (splits, calibration, fresh, batches, batch) => `
As imagens de teste dentro da distribuição foram divididas ao acaso ${splits} vezes: ${calibration}
fixaram o limiar e os valores-p, ${fresh} novas os testaram. Um valor-p é a proporção das imagens
de calibração com pontuação igual ou menor (conformal por divisão).

O procedimento de Benjamini e Hochberg foi executado sobre os valores-p de ${batches} lotes de
${batch} imagens, algumas das quais não pertencem. A sua taxa de falsas descobertas é a proporção das
imagens relatadas que pertencem. Todos os lotes têm os valores-p da primeira divisão: o que outra
calibração mudaria não está nos intervalos.
`,
  tprTitle: (wanted) => `Limiares que deveriam aceitar ${wanted}`,
  tprCaption:
    "Proporção aceita das imagens novas dentro da distribuição: um círculo por divisão; a barra marca a média.",
  tprAxis: "aceitas",
  pTitle: "Os valores-p são uniformes?",
  pCaption:
    "Proporção dos valores-p de imagens novas dentro da distribuição até cada valor. Valores-p uniformes ficam na diagonal.",
  pX: "valor-p",
  pY: "proporção das imagens até este valor",
  fdrTitle: (share) => `Falsas descobertas quando ${share} de um lote não pertence`,
  fdrCaption:
    "Taxa de falsas descobertas sobre lotes contra a taxa pedida; abaixo da linha tracejada a promessa é cumprida.",
  fdrX: "taxa pedida",
  fdrY: "taxa de falsas descobertas",
  columns: {
    detector: "Detector",
    wanted: "Pedido",
    mean: "Média",
    deviation: "Desvio",
    distance: "Distância KS",
    critical: "Crítica",
    rows: "Linhas",
    fdr: "FDR",
    power: "Poder",
  },
  headline: (wanted) =>
    `das imagens novas são aceitas em média por limiares que deveriam aceitar ${wanted}`,
  overSplits: (low, high, detectors) =>
    `${low} a ${high} entre as divisões de ${detectors} detectores`,
};

import type { Catalogue } from "../catalogue.ts";

/** Textos do resumo. */
export const overview: Catalogue["overview"] = {
  title: "Resumo",
  description: "O que os experimentos do Mixtape encontraram, em uma página.",
  heading: "Que imagens pertencem juntas, e quais não pertencem de modo algum?",
  standfirst:
    "k-means, misturas gaussianas, uma pequena rede neural e detecção fora da distribuição, executados de verdade, com cada número rastreável até a execução que o produziu.",
  headlines: "O que se perguntou, e as respostas",
  asked: {
    data: "O que há para olhar?",
    kmeans: "Imagens parecidas ficam agrupadas, e o início faz diferença?",
    missing: "Dá para agrupar imagens quando faltam muitos dos seus pixels?",
    classifier: "Quão bem uma pequena rede distingue as classes?",
    mixtures: "Uma mistura sobre as suas ativações percebe o que não pertence?",
    detectors: "Que detector percebe melhor, e por quanto?",
    collapse: "O que o weight decay faz com as ativações?",
    calibration: "Os limiares cumprem o que prometem?",
    notebook: "Por que as misturas do notebook original não perceberam?",
    derivations: "As respostas no papel estão certas?",
  },
  interval: (range) => `intervalo de 95%: ${range}`,
  widestInterval: (range) => `intervalo de 95% não mais largo que ${range}`,
  overRuns: (low, high, runs) => `${low} a ${high} em ${runs} execuções`,
  overSeeds: (low, high) => `${low} a ${high} entre as sementes`,
  overSplits: (low, high, detectors) =>
    `${low} a ${high} entre as divisões de ${detectors} detectores`,
  oneSeed: "uma semente, portanto sem faixa",
  oneNetwork: "uma rede de cada, portanto sem intervalo",
  more: (title) => `Mais: ${title}`,
  notRun: "Ainda não executados",
  notRunBody: "Estes experimentos ainda não têm resultado. Cada linha é o comando que o produz.",
  changes: "O que mudou desde a execução anterior",
  runs: "Quanto tempo levou, e onde",
  runsBody: (experiments, total) => `${experiments} experimentos levaram ${total} ao todo.`,
  where: (machine, os, backend, deno) =>
    `Foram executados em ${machine}, ${os}, ${backend}, Deno ${deno}.`,
  runsColumns: {
    experiment: "Experimento",
    elapsed: "Segundos",
    profile: "Perfil",
    seed: "Semente",
    backend: "Backend",
    commit: "Commit",
  },
  dataHeadline: (rows, classes) =>
    `imagens de treino em ${classes} classes; mais ${rows} para testar`,
  kmeansHeadline: (start) =>
    `das imagens estão em um grupo cuja maioria é a sua classe (melhor execução, a partir de ${start})`,
  missingHeadline: (rate, method) =>
    `de concordância (ARI) com o agrupamento dos dados completos quando faltam ${rate} dos pixels (${method})`,
  classifierHeadline: "das imagens de teste são classificadas corretamente",
  notebookHeadline: (corrected) =>
    `é a melhor AUC pelo protocolo do notebook; ${corrected} quando os rótulos são postos do lado certo`,
  mixturesHeadline: (components, decay) =>
    `é a AUROC de uma mistura de ${components}, escolhida sem olhar para o que deveria rejeitar (weight decay ${decay})`,
  detectorsHeadline: (detector, sets, lowest) =>
    `é a AUROC média de \`${detector}\`, o melhor detector sobre ${sets} tipos de imagens estranhas (mínima: ${lowest})`,
  collapseHeadline: (units, decay, low) =>
    `de ${units} direções são usadas pelas ativações com weight decay ${decay}, contra ${low} com o menor`,
  calibrationHeadline: (wanted) =>
    `das imagens novas são aceitas em média por limiares que deveriam aceitar ${wanted}`,
  derivationsHeadline: (passed, total) =>
    passed === total
      ? "afirmações das duas deduções valem quando uma máquina as verifica"
      : `de ${total} afirmações das duas deduções valem quando uma máquina as verifica`,
};

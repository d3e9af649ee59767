import type { Catalogue } from "../catalogue.ts";

/** Textos do resumo. */
export const overview: Catalogue["overview"] = {
  title: "Resumo",
  description: "O que os experimentos do Mixtape encontraram, em uma página.",
  heading: "Que imagens pertencem juntas, e quais não pertencem de modo algum?",
  standfirst:
    "k-means, misturas gaussianas, uma pequena rede neural e detecção fora da distribuição, executados de verdade, com cada número rastreável até a execução que o produziu.",
  headlines: "As respostas",
  more: (title) => `Mais: ${title}`,
  notRun: "Ainda não executados",
  notRunBody: "Estes experimentos ainda não têm resultado. Cada linha é o comando que o produz.",
  changes: "O que mudou desde a execução anterior",
  runs: "Quanto tempo levou, e onde",
  runsBody: (experiments, total) => `${experiments} experimentos levaram ${total} ao todo.`,
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
  classifierHeadline: (interval) =>
    `das imagens de teste são classificadas corretamente (intervalo de 95%: ${interval})`,
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

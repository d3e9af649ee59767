/**
 * The parts of the page of models to try that its experiment computes with as well.
 *
 * @module
 */
export { ClassDensities } from "./class_densities.ts";
export { capitalImages, digitImages } from "./hershey.ts";

// What our charts use of ECharts, as one file that sets `echarts`: `npm run charts` in end2end makes it.
import { LineChart } from "echarts/charts";
import { GridComponent, TooltipComponent } from "echarts/components";
import { connect, getInstanceByDom, init, use } from "echarts/core";
import { LabelLayout } from "echarts/features";
import { CanvasRenderer } from "echarts/renderers";

use([LineChart, GridComponent, TooltipComponent, LabelLayout, CanvasRenderer]);

export { connect, getInstanceByDom, init };

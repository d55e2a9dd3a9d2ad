package api

import shopv1 "kessai.dev/kessai/gen/kessai/shop/v1"

type shopService struct {
	shopv1.UnimplementedShopServiceServer
	a *API
}
